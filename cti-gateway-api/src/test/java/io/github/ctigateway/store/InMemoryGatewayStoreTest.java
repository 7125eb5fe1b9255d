package io.github.ctigateway.store;

class InMemoryGatewayStoreTest extends GatewayStoreContract {
    @Override
    protected GatewayStore openEmptyStore() {
        return InMemoryGatewayStore.create("example.com");
    }
}
