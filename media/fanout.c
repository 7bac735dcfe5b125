/* The loop of media/fanout.py in C: patch, protect, send, for every lane of one group.
 *
 * Lanes are owned by Python, which writes them when a stretch begins or a receiver moves. libsrtp is the one inside
 * pylibsrtp: its srtp_protect comes in as a pointer, so that keys live in one place.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103 /* udp(7), as Linux numbers it */
#endif
#define INTERFACE 1 /* of rakor_fan_out: another number with other arguments */
#define BATCH 64 /* packets that wait to be sent together */
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

/* One message for packets to one receiver. Of several the kernel is told the size: all but the last have it. */
static void address_to(struct mmsghdr *message, struct lane *lane, struct iovec *parts, int count) {
    static __thread union {
        char bytes[CMSG_SPACE(sizeof(uint16_t))];
        struct cmsghdr aligned;
    } control;
    message->msg_hdr = (struct msghdr){
        .msg_name = &lane->address, .msg_namelen = lane->address_length, .msg_iov = parts, .msg_iovlen = count};
    if (count == 1)
        return;
    /* one for all: the packets of one call have one size */
    control.aligned = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(uint16_t)), .cmsg_level = IPPROTO_UDP, .cmsg_type = UDP_SEGMENT};
    *(uint16_t *)CMSG_DATA(&control.aligned) = parts->iov_len;
    message->msg_hdr.msg_control = &control;
    message->msg_hdr.msg_controllen = sizeof control;
}

/* Where the kernel will not split: an interface without checksums, or a way of small packets. Returns the failures. */
static int send_singly(int fd, const struct msghdr *train) {
    int refused = 0;
    for (size_t each = 0; each < train->msg_iovlen; each++) {
        const struct iovec *part = &train->msg_iov[each];
        refused += sendto(fd, part->iov_base, part->iov_len, MSG_DONTWAIT, train->msg_name, train->msg_namelen) < 0;
    }
    return refused;
}

/* Returns how many packets the kernel refused: a full buffer loses what it refuses, as UDP does. */
static int flush(int fd, struct mmsghdr *messages, int count) {
    int done = 0, refused = 0;
    while (done < count) {
        const struct msghdr *next = &messages[done].msg_hdr;
        int sent = sendmmsg(fd, messages + done, count - done, MSG_DONTWAIT);
        if (sent > 0) {
            done += sent;
        } else if (errno != EINTR) {
            int full = errno == EAGAIN || errno == ENOBUFS;
            refused += full || next->msg_iovlen == 1 ? (int)next->msg_iovlen : send_singly(fd, next);
            done++;
        }
    }
    return refused;
}

/* Tells a library from another version apart: its callers would write somewhere else. */
int rakor_layout(void) {
    return (int)(INTERFACE << 28 | sizeof(struct lane) << 16 | sizeof(struct packet));
}

/* Send a run of packets to `count` lanes; with `late` only to those whose stretch they belong to. Of a run all packets
 * have one length, the last may be shorter. Returns the failures. */
int rakor_fan_out(protect_fn protect, int fd, const struct packet *run, int size, struct lane *const *lanes, int count,
                  int late) {
    static __thread uint8_t buffers[BATCH][LARGEST] __attribute__((aligned(64)));
    static __thread struct mmsghdr messages[BATCH];
    static __thread struct iovec parts[BATCH];
    int waiting = 0, addressed = 0, failed = 0;
    if (size < 1 || size > BATCH || run->length < 12 || run->length > LARGEST - 160)
        return size * count;
    for (int each = 0; each < count; each++) {
        struct lane *lane = lanes[each];
        int first = waiting;
        if (late && run->index < lane->first)
            continue;
        for (const struct packet *packet = run; packet < run + size; packet++) {
            uint8_t *out = buffers[waiting];
            int length = packet->length;
            memcpy(out, packet->bytes, length);
            patch(out, packet, lane);
            if (protect(lane->srtp, out, &length))
                failed++;
            else
                parts[waiting++] = (struct iovec){.iov_base = out, .iov_len = length};
        }
        if (waiting > first)
            address_to(&messages[addressed++], lane, &parts[first], waiting - first);
        if (waiting > BATCH - size) {
            failed += flush(fd, messages, addressed);
            waiting = addressed = 0;
        }
    }
    return failed + flush(fd, messages, addressed);
}
