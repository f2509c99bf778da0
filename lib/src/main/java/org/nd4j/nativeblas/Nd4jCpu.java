package org.nd4j.nativeblas;

/**
 * A stand-in for a class that Deeplearning4j 1.0.0-M2.1 looks up by name and that ND4J has since moved: without it the oneDNN layer helpers
 * ({@code BaseMKLDNNHelper}) believe that oneDNN is absent, and training runs at a quarter of its speed. See {@code anogan.dcgan.Accelerator}.
 */
public final class Nd4jCpu {
    private Nd4jCpu() { }

    /** Says what {@code BaseMKLDNNHelper} asks for. */
    public static final class Environment {
        private Environment() { }

        public static Environment getInstance() {
            return new Environment();
        }

        public boolean isUseMKLDNN() {
            return true;
        }
    }
}
