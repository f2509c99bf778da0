/**
 * How anomalous a patch, a pixel and a scan are: A(x) = (1 − λ)·R(x) + λ·D(x) of Section 2.3, R the residual score and
 * D that of the discriminator's features f, both sums; D̂, P_D and the auto-encoder's score, which the paper compares
 * with; and trivial scores, which anybody could compute without a network. In: the prepared patches, the trained pair,
 * and for each patch the z that {@code mapping} found. Out: {@code scores.csv}, {@code scans.csv} and residual maps,
 * one number or one picture per patch and scan; what they are worth is for {@code statistics} to say.
 */
package anogan.scoring;
