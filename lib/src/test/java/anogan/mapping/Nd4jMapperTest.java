package anogan.mapping;

import anogan.networks.Compute;

class Nd4jMapperTest extends MapperChecks {
    @Override
    Compute.Engine engine() {
        return Compute.Engine.ND4J;
    }
}
