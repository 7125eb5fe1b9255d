/** Says beforehand what mod_sofia will make of a gateway. Reports everything, repairs nothing. */
package io.github.ctigateway.validation;
