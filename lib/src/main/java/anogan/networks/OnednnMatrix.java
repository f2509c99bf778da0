package anogan.networks;

import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * The weights of a dense layer.
 *
 * @param forward  in × out
 * @param back     out × in
 * @param bias     one for each number that comes out
 * @param gradient how both learn, if they do
 */
record OnednnMatrix(OnednnTensor forward, OnednnTensor back, Optional<memory> bias, OnednnKernel.Gradient gradient) {}
