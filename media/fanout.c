/* The loop of media/fanout.py in C: patch, protect, send, for every lane of one group.
 *
 * Lanes are owned by Python, which writes them when a stretch begins or a receiver moves. libsrtp is the one inside
 * pylibsrtp: its srtp_protect comes in as a pointer, so that keys live in one place.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64
#define LARGEST 1700 /* payload of at most 1500, our header and the longest trailer */

typedef int (*protect_fn)(void *session, void *packet, int *length);

struct lane {
    void *srtp;
    struct sockaddr_storage address;
    uint32_t address_length;
    uint32_t ssrc;
    uint32_t timestamp;
    uint16_t sequence;
    uint16_t picture_id;
    uint8_t tl0picidx;
    int64_t first;
};

struct packet {
    const uint8_t *bytes; /* laid out: all that lanes have in common */
    int length;
    int64_t index; /* extended sequence number of the source */
    uint32_t timestamp;
    int picture_at; /* 0: none; then picture_bits is 15 or 7 */
    int picture_bits;
    uint16_t picture_id;
    int tl0picidx_at; /* 0: none */
    uint8_t tl0picidx;
};

static void put16(uint8_t *at, uint16_t value) {
    at[0] = value >> 8;
    at[1] = value;
}

static void put32(uint8_t *at, uint32_t value) {
    put16(at, value >> 16);
    put16(at + 2, value);
}

static void patch(uint8_t *out, const struct packet *packet, const struct lane *lane) {
    put16(out + 2, (uint16_t)packet->index + lane->sequence);
    put32(out + 4, packet->timestamp + lane->timestamp);
    put32(out + 8, lane->ssrc);
    if (packet->picture_at) {
        uint16_t picture = packet->picture_id + lane->picture_id;
        if (packet->picture_bits == 15)
            put16(out + packet->picture_at, 0x8000 | (picture & 0x7fff));
        else
            out[packet->picture_at] = picture & 0x7f;
    }
    if (packet->tl0picidx_at)
        out[packet->tl0picidx_at] = packet->tl0picidx + lane->tl0picidx;
}

/* Returns how many messages the kernel refused: a full buffer loses what it refuses, as UDP does. */
static int flush(int fd, struct mmsghdr *messages, int count) {
    int done = 0, refused = 0;
    while (done < count) {
        int sent = sendmmsg(fd, messages + done, count - done, MSG_DONTWAIT);
        if (sent > 0) {
            done += sent;
        } else if (errno != EINTR) {
            done++;
            refused++;
        }
    }
    return refused;
}

/* Tells a library from another version apart: its callers would write somewhere else. */
int rakor_layout(void) {
    return (int)(sizeof(struct lane) << 16 | sizeof(struct packet));
}

/* Send one packet to `count` lanes; with `late` only to those whose stretch it belongs to. Returns the failures. */
int rakor_fan_out(protect_fn protect, int fd, const struct packet *packet, struct lane *const *lanes, int count,
                  int late) {
    static __thread uint8_t buffers[BATCH][LARGEST] __attribute__((aligned(64)));
    static __thread struct mmsghdr messages[BATCH];
    static __thread struct iovec parts[BATCH];
    int waiting = 0, failed = 0;
    if (packet->length < 12 || packet->length > LARGEST - 160)
        return count;
    for (int each = 0; each < count; each++) {
        struct lane *lane = lanes[each];
        uint8_t *out = buffers[waiting];
        int length = packet->length;
        if (late && packet->index < lane->first)
            continue;
        memcpy(out, packet->bytes, length);
        patch(out, packet, lane);
        if (protect(lane->srtp, out, &length)) {
            failed++;
            continue;
        }
        parts[waiting] = (struct iovec){.iov_base = out, .iov_len = length};
        messages[waiting].msg_hdr = (struct msghdr){.msg_name = &lane->address,
                                                    .msg_namelen = lane->address_length,
                                                    .msg_iov = &parts[waiting],
                                                    .msg_iovlen = 1};
        if (++waiting == BATCH) {
            failed += flush(fd, messages, waiting);
            waiting = 0;
        }
    }
    return failed + flush(fd, messages, waiting);
}
