"""Amazon Web Services: one module per service, and the door in ``client``."""
