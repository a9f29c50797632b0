#pragma once

#include "base/bytes.h"

namespace placet::merkle {

// RFC 6962, 2.1. The first byte keeps a leaf from passing as a node.

Digest leaf_hash(BytesView record);                         // SHA-256(00 || record)
Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(01 || left || right)
Digest empty_root();                                        // SHA-256("")

}  // namespace placet::merkle
