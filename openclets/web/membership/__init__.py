"""How agencies and people join, stay and leave: for those who decide about them."""
