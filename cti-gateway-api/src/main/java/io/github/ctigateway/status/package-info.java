/** What FreeSWITCH says about its gateways, folded into one status per gateway and node. */
package io.github.ctigateway.status;
