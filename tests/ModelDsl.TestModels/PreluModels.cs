namespace ModelDsl.TestModels;

/// <summary>One learned slope for all, behind a product.</summary>
[Model, Input(5), Dense(19), Prelu, Dense(3), MeanSquaredError]
public partial class PreluShared;

/// <summary>A learned slope for each feature, and one that starts elsewhere.</summary>
[Model, Input(5), Dense(19), Prelu(PerChannel = true, InitialSlope = -0.5f), Dense(3), Prelu, MeanSquaredError]
public partial class PreluEach;

/// <summary>A learned slope for each channel of an image, first of all and behind a convolution.</summary>
[Model, Input(5, 6, 3), Prelu(PerChannel = true), Conv2D(5, 3), Prelu(PerChannel = true), Flatten, Dense(2), MeanSquaredError]
public partial class PreluOnImages;

/// <summary>Slopes that stay as they are.</summary>
[Model, Input(5), Dense(7), Prelu(Frozen = true), Dense(3), MeanSquaredError]
public partial class PreluFrozen;
