"""What the fuzz benchmark is made of: seeds, mutations, readers."""
