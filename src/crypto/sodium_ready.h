#pragma once

namespace placet::crypto {

/// Makes libsodium ready, once, from any thread. Every function here that calls libsodium calls this first.
void ensure_sodium();

}  // namespace placet::crypto
