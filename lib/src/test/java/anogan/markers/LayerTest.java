package anogan.markers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Depths fall into the layers whose borders they lie between. */
class LayerTest {
    @Test
    void layers() {
        assertEquals(Layer.RNFL, Layer.at(-0.2));
        assertEquals(Layer.RNFL, Layer.at(0.05));
        assertEquals(Layer.GCL_IPL, Layer.at(0.20));
        assertEquals(Layer.INL, Layer.at(0.40));
        assertEquals(Layer.OPL, Layer.at(0.50));
        assertEquals(Layer.ONL, Layer.at(0.62));
        assertEquals(Layer.EZ, Layer.at(0.85));
        assertEquals(Layer.RPE, Layer.at(0.92));
        assertEquals(Layer.RPE, Layer.at(1.3));
    }
}
