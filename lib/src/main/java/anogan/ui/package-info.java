/**
 * What a person sees: the base of the scripts, which turns the library's sentences into those of a command line
 * ({@code option size} into {@code --size}), bars of progress on stderr, and the settings, bars and pictures of a
 * notebook. Nothing here changes a number. In: arguments, environment variables, steps done. Out: text, HTML, exit
 * codes.
 */
package anogan.ui;
