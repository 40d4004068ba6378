"""The court's pages: file a signed order, see what was filed and what came back with a doubt."""
