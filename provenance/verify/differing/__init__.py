"""What two aligned pictures have in common and what not, piece by piece."""
