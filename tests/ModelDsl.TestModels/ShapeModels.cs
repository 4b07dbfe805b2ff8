namespace ModelDsl.TestModels;

/// <summary>An image made a vector.</summary>
[Model, Input(3, 5), Flatten, Dense(2), MeanSquaredError]
public partial class FlattenImage;

/// <summary>An image with channels made a vector, after an activation on the image itself.</summary>
[Model, Input(2, 3, 5), Tanh, Flatten, Dense(7), Tanh, Dense(2), MeanSquaredError]
public partial class FlattenAfterActivation;

/// <summary>Reshape with an inferred extent, in the middle of the model.</summary>
[Model, Input(7), Dense(12), Tanh, Reshape(3, -1), Sigmoid, Flatten, Dense(3), MeanSquaredError]
public partial class ReshapeInside;

/// <summary>Shapes that change between a product and its activation.</summary>
[Model, Input(4), Dense(6), Reshape(2, 3), Relu, Reshape(6), Dense(2), MeanSquaredError]
public partial class ReshapeBeforeActivation;

/// <summary>The pixels of a convolution as steps, for attention and a recurrent layer.</summary>
[Model, Input(5, 4, 2), Conv2D(6, 2), ToSequence, PositionEmbedding, SelfAttention(Heads = 3), Gru(3), Dense(2)]
[MeanSquaredError]
public partial class PixelsAsSteps;

/// <summary>The features of a vector, and the rows of a matrix, as steps.</summary>
[Model, Input(6), Tanh, ToSequence, Dense(3), Flatten, Reshape(9, 2), ToSequence, Dense(2), Tanh, MeanSquaredError]
public partial class FeaturesAsSteps;

/// <summary>Shapes that change as the first and as the last thing.</summary>
[Model, Input(6), Reshape(2, 3), Flatten, Dense(8), Reshape(2, 2, 2), MeanSquaredError]
public partial class ReshapeAtBothEnds;
