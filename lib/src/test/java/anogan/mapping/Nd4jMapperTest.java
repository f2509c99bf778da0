package anogan.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import anogan.networks.Compute;

class Nd4jMapperTest extends MapperChecks {
    @Override
    Compute.Engine engine() {
        return Compute.Engine.ND4J;
    }

    /** ND4J takes another matrix product for a single row, which may round the last bit otherwise. */
    @Override
    void assertSameAlone(MappingResult expected, MappingResult alone) {
        assertEquals(expected.residual(), alone.residual(), 1e-6 * expected.residual());
        for (int k = 0; k < alone.z().length; k++) assertEquals(expected.z()[k], alone.z()[k], 1e-5);
    }
}
