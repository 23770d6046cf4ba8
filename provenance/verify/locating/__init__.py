"""Where the archived picture may lie in the query: keypoint pairs, and one map they agree on."""
