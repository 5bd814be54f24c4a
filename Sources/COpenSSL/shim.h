#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <openssl/pem.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/crypto.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>

// Macros over variadic functions, which Swift cannot call.

static inline EVP_PKEY *ledger_ssl_generate_rsa(size_t bits) { return EVP_RSA_gen(bits); }

static inline EVP_PKEY *ledger_ssl_generate_ec(const char *curve) { return EVP_EC_gen(curve); }

/// RFC 2253, with UTF-8 as it is instead of escapes for every byte of it.
static inline unsigned long ledger_ssl_name_flags(void) { return XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB; }
