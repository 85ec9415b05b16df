"""The pipeline: a lead is a person seen as a prospect."""
