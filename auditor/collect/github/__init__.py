"""What is asked of GitHub: one organisation, its repositories, changes and rules."""
