import * as tf from '@tensorflow/tfjs-core';

export interface Forward<Out extends tf.Tensor> {
  readonly value: Out;
  /** One gradient an input, from the gradient of the value and what was saved. */
  readonly gradFunc: (dy: Out, saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

/** An operation of two matrices with a gradient of its own. */
export const withGradient =
  <Out extends tf.Tensor>(
    forward: (save: tf.GradSaveFunc, left: tf.Tensor2D, right: tf.Tensor2D) => Forward<Out>,
  ): ((left: tf.Tensor2D, right: tf.Tensor2D) => Out) =>
  (left, right) =>
    // The types of customGrad know neither the inputs' ranks nor which argument is the save function.
    tf.customGrad<Out>((...given) => forward(given[2] as tf.GradSaveFunc, left, right))(left, right);

/** The same of one matrix. */
export const withGradientOfOne =
  <Out extends tf.Tensor>(
    forward: (save: tf.GradSaveFunc, input: tf.Tensor2D) => Forward<Out>,
  ): ((input: tf.Tensor2D) => Out) =>
  (input) =>
    tf.customGrad<Out>((...given) => forward(given[1] as tf.GradSaveFunc, input))(input);
