import ipaddr from 'ipaddr.js';

/** One customer of a provider has a whole /64 of IPv6. */
const V6_NETWORK_BITS = 64;

/**
 * Pure: the network that counts as one place: an IPv4 address (also one written as IPv6), or a /64 of IPv6.
 * What is no address at all (a socket of the system) is a place of its own.
 */
export const placeOf = (address: string): string => {
  const text = address.split('%', 1)[0] ?? address;
  if (!ipaddr.isValid(text)) return address;
  const parsed = ipaddr.process(text);
  return parsed instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${V6_NETWORK_BITS}`).toString()
    : parsed.toString();
};
