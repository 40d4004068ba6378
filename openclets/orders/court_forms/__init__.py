"""Fillable court forms: what their fields mean, as one literal table per form, and reading a filled one."""
