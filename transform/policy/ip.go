package policy

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// ipv6 reads a host in brackets.
func (p *originParser) ipv6(s string) {
	inside, closed := strings.CutSuffix(s[1:], "]")
	addr, err := netip.ParseAddr(inside)
	switch {
	case !closed || err != nil || !addr.Is6():
		p.refuse(ReasonOriginIPForm, `write an IPv6 address, and no other, in brackets, as in "http://[::1]"`)
		return
	case addr.Zone() != "":
		p.refuse(ReasonOriginIPForm, "remove it, since browsers open no address with a zone")
		return
	}
	canonical := ipv6String(addr)
	lower := strings.ToLower(inside)
	if lower != inside {
		p.mend(ReasonOriginCase)
	}
	if lower != canonical {
		p.mend(ReasonOriginIPForm)
	}
	p.out.Host = "[" + canonical + "]"
}

// ipv6String writes addr as the URL standard's IPv6 serializer does. It differs
// from RFC 5952, and so from netip, in that it never embeds dotted decimals.
func ipv6String(addr netip.Addr) string {
	if !addr.Is4In6() {
		return addr.String()
	}
	b := addr.As16()
	return fmt.Sprintf("::ffff:%x:%x", uint(b[12])<<8|uint(b[13]), uint(b[14])<<8|uint(b[15]))
}

// endsInNumber reports whether browsers take host, in lower case, for an IPv4
// address or nothing (URL standard, ends in a number checker).
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if hex, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// ipv4 reads a host that can only be an IPv4 address. Browsers know it in
// hexadecimal, octal and with parts left out, and send it in dotted decimal.
func (p *originParser) ipv4(s string) {
	addr, err := parseIPv4(s)
	switch {
	case err != nil:
		p.refuse(ReasonOriginIPForm, "write an IPv4 address as four numbers from 0 to 255, joined by dots")
	case hasAmbiguousZero(s):
		p.refuse(ReasonOriginIPForm, "remove the leading zeros: browsers read such a number as octal and send "+strconv.Quote(addr.String()))
	case addr.String() != s:
		p.mend(ReasonOriginIPForm)
	}
	p.out.Host = addr.String()
}

// parseIPv4 follows the URL standard's IPv4 parser: up to four numbers, the last
// of which fills the bytes that remain.
func parseIPv4(s string) (netip.Addr, error) {
	parts := strings.Split(strings.TrimSuffix(s, "."), ".")
	if len(parts) > 4 {
		return netip.Addr{}, strconv.ErrRange
	}
	var sum uint32
	for i, part := range parts {
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		n, err := parseIPv4Number(part, bits)
		if err != nil {
			return netip.Addr{}, err
		}
		sum |= n << (8*(4-i) - bits)
	}
	return netip.AddrFrom4([4]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}), nil
}

// parseIPv4Number follows the URL standard's IPv4 number parser. A bare "0x" is
// zero there.
func parseIPv4Number(s string, bits int) (uint32, error) {
	base := 10
	if hex, ok := strings.CutPrefix(s, "0x"); ok {
		s, base = "0"+hex, 16
	} else if len(s) > 1 && s[0] == '0' {
		base = 8
	}
	n, err := strconv.ParseUint(s, base, bits)
	return uint32(n), err
}

// hasAmbiguousZero reports whether a part of s means one number in octal, as
// browsers read it, and another in decimal, as its author may have meant it.
func hasAmbiguousZero(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		octal, err8 := strconv.ParseUint(part, 8, 32)
		decimal, err10 := strconv.ParseUint(part, 10, 32)
		if strings.HasPrefix(part, "0") && err8 == nil && err10 == nil && octal != decimal {
			return true
		}
	}
	return false
}
