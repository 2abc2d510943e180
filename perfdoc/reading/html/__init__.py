"""Web pages: their tree, their texts as a browser lays them out, their tables on a grid."""
