/**
 * Which kinds of anomaly there are: regions of the residual maps, their description in numbers, and the candidate
 * markers that like regions form. In: the maps of {@code scoring}. Out: {@code regions.csv}, and a model of the markers
 * that other patients can be judged by. How often a marker is seen, in whom, and whether that is chance, is for
 * {@code statistics} to say.
 */
package anogan.markers;
