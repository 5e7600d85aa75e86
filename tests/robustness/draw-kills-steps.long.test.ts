/** All the steps of a draw, of which the short tests try every third. */
import "./draw-kills.test.ts";
