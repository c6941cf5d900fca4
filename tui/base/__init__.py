"""What the screens share: their place, their keys, their list, their page, and the desk that they stand on."""
