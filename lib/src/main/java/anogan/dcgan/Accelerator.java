package anogan.dcgan;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Switches Deeplearning4j's oneDNN layer helpers on and checks that they are.
 *
 * <p>They are off by default in 1.0.0-M2.1, and a class that they look up was renamed ({@code org.nd4j.nativeblas.Nd4jCpu} here stands in for it).
 * Convolutions and batch norm are four times faster with them.
 */
final class Accelerator {
    private Accelerator() { }

    /** Call before the first network is built. */
    static void enable() {
        System.setProperty("org.eclipse.deeplearning4j.helpers.disable", "false");
        int processors = Runtime.getRuntime().availableProcessors();
        Nd4j.getEnvironment().setMaxThreads(processors);
        Nd4j.getEnvironment().setMaxMasterThreads(processors);
    }

    /** Whether every convolution and batch norm of {@code net} is served by a helper; false means correct but slow. */
    static boolean isLive(MultiLayerNetwork net) {
        for (Layer layer : net.getLayers()) {
            var conf = layer.conf().getLayer();
            boolean served = conf instanceof BatchNormalization || conf instanceof ConvolutionLayer && !(conf instanceof Deconvolution2D);
            if (served && layer.getHelper() == null) return false;   // transposed convolutions need no helper: their operation calls oneDNN itself
        }
        return true;
    }
}
