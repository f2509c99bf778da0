/**
 * Finds the z whose G(z) is closest to a query x (paper, section 2.2): Γ gradient steps on z down the loss L(z) = (1 −
 * λ)·Σ|x − G(z)| + λ·Σ|f(x) − f(G(z))|, G and D standing still. {@link anogan.mapping.MappingLoss} and
 * {@link anogan.mapping.Optimiser} are the choices, {@link anogan.mapping.Mapper} the search, with fresh z and fresh
 * moments for each query, so that a result depends on no other. In: frozen networks and queries S×S in [−1, 1]. Out:
 * for each, z_Γ, G(z_Γ) and the parts of the anomaly score, R, D, D̂ and P_D: all of them finite, or an error.
 */
package anogan.mapping;
