namespace ModelDsl.TestModels;

/// <summary>The largest of windows side by side, some of whose pixels are left over.</summary>
[Model, Input(5, 7, 2), Conv2D(3, 2, Padding = Padding.Same), MaxPool2D(2), Flatten, Dense(2), MeanSquaredError]
public partial class MaxPoolValid;

/// <summary>Windows that overlap and reach over the border, before and behind activations.</summary>
[Model]
[Input(7, 6, 2)]
[Conv2D(17, 2), Tanh, MaxPool2D(3, Stride = 2, Padding = Padding.Same), Sigmoid]
[MaxPool2D(2, 1, StrideHeight = 1, PaddingHeight = 1), Flatten, Dense(3)]
[SoftmaxCrossEntropy]
public partial class MaxPoolOverlapping;

/// <summary>Pooling of the input itself, for which no gradient is needed.</summary>
[Model, Input(6, 6, 1), MaxPool2D(2), AvgPool2D(3), Flatten, Dense(2), MeanSquaredError]
public partial class PoolingFirst;

/// <summary>The mean of windows side by side.</summary>
[Model, Input(5, 6, 2), Conv2D(3, 2), Tanh, AvgPool2D(2), Relu, Flatten, Dense(2), MeanSquaredError]
public partial class AvgPoolValid;

/// <summary>Means of windows that overlap and reach over the border, where fewer pixels count.</summary>
[Model]
[Input(7, 5, 3)]
[Conv2D(5, 1), Tanh, AvgPool2D(3, Stride = 2, Padding = Padding.Same)]
[AvgPool2D(2, 3, Stride = 1, PaddingHeight = 1, PaddingWidth = 1)]
[MeanSquaredError]
public partial class AvgPoolOverlapping;

/// <summary>The largest of windows of which the last reach over the end of the image.</summary>
[Model]
[Input(6, 8, 2)]
[Conv2D(3, 2, Padding = Padding.Same), Tanh, MaxPool2D(3, Stride = 2, CeilMode = true)]
[MaxPool2D(4, 2, StrideHeight = 2, PaddingWidth = 1, CeilMode = true), Flatten, Dense(2)]
[MeanSquaredError]
public partial class MaxPoolCeil;

/// <summary>Means over the padding too, of windows of which the last reach over that.</summary>
[Model]
[Input(6, 7, 3)]
[Conv2D(5, 1), Tanh, AvgPool2D(3, Stride = 2, PaddingSize = 1, CeilMode = true, CountIncludePadding = true)]
[AvgPool2D(2, 3, Stride = 1, Padding = Padding.Same, CountIncludePadding = true), Tanh, AvgPool2D(3, CeilMode = true)]
[MeanSquaredError]
public partial class AvgPoolCounting;

/// <summary>The largest of windows whose pixels lie apart.</summary>
[Model]
[Input(8, 9, 2)]
[Conv2D(3, 2), Tanh, MaxPool2D(2, 3, Stride = 1, Dilation = 2, PaddingHeight = 1)]
[MaxPool2D(2, Stride = 2, DilationHeight = 3, CeilMode = true), Flatten, Dense(2)]
[MeanSquaredError]
public partial class MaxPoolDilated;

/// <summary>Means of windows whose pixels lie apart, over the padding too, and of which the last reach over that.</summary>
[Model]
[Input(8, 9, 2)]
[Conv2D(5, 1), Tanh, AvgPool2D(2, 3, Stride = 1, Dilation = 2, PaddingHeight = 1, PaddingRight = 2)]
[AvgPool2D(2, Stride = 2, DilationHeight = 3, PaddingTop = 2, CeilMode = true, CountIncludePadding = true)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class AvgPoolDilated;

/// <summary>Windows over steps with another padding at each end.</summary>
[Model]
[Input(23, 3, Sequence = true)]
[Conv1D(18, 4, PaddingLeft = 2, PaddingRight = 1), Tanh]
[AvgPool1D(3, Stride = 2, Dilation = 2, PaddingRight = 3, CountIncludePadding = true)]
[MaxPool1D(3, PaddingLeft = 2, Stride = 1, CeilMode = true), AvgPool1D(2, Stride = 1, Dilation = 2, PaddingLeft = 1)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class UnevenSteps;

/// <summary>Pooling of steps, of each kind, with everything that it can be told.</summary>
[Model]
[Input(23, 3, Sequence = true)]
[Dense(18), Tanh, MaxPool1D(3, Stride = 2, Dilation = 2, PaddingSize = 1)]
[AvgPool1D(2, Padding = Padding.Same, Stride = 1), Tanh]
[AvgPool1D(3, Stride = 2, PaddingSize = 1, CeilMode = true, CountIncludePadding = true), MaxPool1D(2, CeilMode = true)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class PooledSteps;

/// <summary>The mean of each channel, with an activation on it.</summary>
[Model, Input(4, 5, 2), Conv2D(19, 2), Relu, GlobalAveragePool, Tanh, Dense(3), SoftmaxCrossEntropy]
public partial class GlobalAveragePoolInside;

/// <summary>LeNet in small.</summary>
[Model]
[Input(12, 12), Reshape(12, 12, 1)]
[Conv2D(4, 5, Padding = Padding.Same), Tanh, AvgPool2D(2)]
[Conv2D(6, 3), Relu, MaxPool2D(2)]
[Flatten, Dense(10)]
[SoftmaxCrossEntropy]
public partial class SmallLeNet;
