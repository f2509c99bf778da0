/**
 * What a network is, as numbers and as computation (paper, section 2.1; DCGAN). {@link anogan.networks.Architecture} is
 * the shape of G and D at any width, {@link anogan.networks.Dcgan} and {@link anogan.networks.Autoencoder} are trained
 * weights under PyTorch's names. Two ways lead from them: {@link anogan.networks.TrainableNetwork}, batch norm by the
 * batch and a step of Adam, from a {@link anogan.networks.LearningEngine}; and {@link anogan.networks.FrozenNetworks},
 * batch norm folded into the weights, which a {@link anogan.networks.MappingEngine} computes forward and back to z.
 * What is learned, and why, is the matter of other rooms. In: arrays N×C×H×W in [−1, 1] and z in [−1, 1]. Out: images,
 * features f(x), logits, gradients.
 */
package anogan.networks;
