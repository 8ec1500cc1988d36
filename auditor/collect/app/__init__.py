"""What is read from packages of phone apps, and from recordings of their traffic."""
