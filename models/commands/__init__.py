"""The verbs: the only writers. A plain function each, one transaction each, an explicit outcome each."""
