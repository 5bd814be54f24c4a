#include "CResolv.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

bool ledger_resolv_is_address(const char *text) {
    struct in_addr address;
    return inet_pton(AF_INET, text, &address) == 1;
}

int32_t ledger_resolv_text(const char *name, const char *address, uint16_t port, uint8_t *answer, int32_t size) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) return -1;
    state.retrans = 2;  // seconds
    state.retry = 2;
    if (address != NULL) {
        struct sockaddr_in *server = &state.nsaddr_list[0];
        memset(server, 0, sizeof *server);
        server->sin_family = AF_INET;
        server->sin_port = htons(port);
        if (inet_pton(AF_INET, address, &server->sin_addr) != 1) {
            res_nclose(&state);
            return -1;
        }
        state.nscount = 1;
    }
    int length = res_nquery(&state, name, ns_c_in, ns_t_txt, answer, size);
    int failure = state.res_h_errno;
    res_nclose(&state);
    if (length >= 0) return length <= size ? length : -1;
    return failure == HOST_NOT_FOUND || failure == NO_DATA ? 0 : -1;
}

int32_t ledger_resolv_string(const uint8_t *answer, int32_t length, int32_t index, uint8_t *text, int32_t size) {
    ns_msg message;
    ns_rr record;
    if (ns_initparse(answer, length, &message) != 0 || index >= ns_msg_count(message, ns_s_an)) return -2;
    if (ns_parserr(&message, ns_s_an, index, &record) != 0) return -2;
    if (ns_rr_type(record) != ns_t_txt) return -1;
    const uint8_t *data = ns_rr_rdata(record);
    int left = ns_rr_rdlen(record);
    int written = 0;
    while (left > 0) {
        int part = data[0];
        if (part + 1 > left || written + part > size) return -1;
        memcpy(text + written, data + 1, part);
        written += part;
        data += part + 1;
        left -= part + 1;
    }
    return written;
}
