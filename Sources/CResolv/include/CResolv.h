#ifndef IDENTITY_LEDGER_RESOLV_H
#define IDENTITY_LEDGER_RESOLV_H

#include <stdbool.h>
#include <stdint.h>

// The C library's resolver keeps its functions behind macros, and its parser wants a structure of its own.

// Whether the text is an IPv4 address.
bool ledger_resolv_is_address(const char *text);

// Asks for a name's TXT records.
// address: an IPv4 address to ask at, with its port; NULL: the machine's servers.
// Returns the answer's length; 0: there is no such name or record; -1: no server answered.
int32_t ledger_resolv_text(const char *name, const char *address, uint16_t port, uint8_t *answer, int32_t size);

// The strings of the answer's record of this index, put together (RFC 1035 section 3.3.14).
// Returns their length; -1: it is no TXT record, or too long; -2: there is no such record.
int32_t ledger_resolv_string(const uint8_t *answer, int32_t length, int32_t index, uint8_t *text, int32_t size);

#endif
