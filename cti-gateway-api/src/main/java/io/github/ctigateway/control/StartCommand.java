package io.github.ctigateway.control;

/** How FreeSWITCH is told to take in what is published and not yet live. Neither changes a gateway that is live. */
public enum StartCommand {
    /** {@code sofia profile P rescan}: reads all XML again and adds what is new; works with files, mod_xml_curl and mod_cti. */
    RESCAN,
    /** {@code sofia profile P startgw _all_} (FreeSWITCH 1.8 and later): asks for just the gateways, so mod_xml_curl can hand out the few. */
    START_ALL
}
