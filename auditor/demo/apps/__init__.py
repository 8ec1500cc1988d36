"""Two small packages of phone apps and a recording of their traffic, with planted breaches."""
