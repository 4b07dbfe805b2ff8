namespace ModelDsl.TestModels;

/// <summary>A convolution of a volume, first and inside, and pooling of both kinds.</summary>
[Model]
[Input(6, 7, 6, 2)]
[Conv3D(3, 2), Tanh, MaxPool3D(2), Conv3D(4, 1, 2, 1), Relu, AvgPool3D(2, 1, 2)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class VolumeNet;

/// <summary>Convolutions of volumes with everything that they can be told.</summary>
[Model]
[Input(4, 5, 6, 4)]
[Conv3D(6, 3, 2, 3, Padding = Padding.Same, Groups = 2), Tanh]
[Conv3D(17, 2, 3, 1, StrideDepth = 2, PaddingDepth = 1, PaddingHeight = 2, UseBias = false), Tanh]
[Conv3D(2, 2, 2, 3, Dilation = 2, PaddingSize = 1, WeightL2 = 0.01), Conv3D(3, 1)]
[MeanSquaredError]
public partial class VolumeConvolutions;

/// <summary>Pooling of volumes with everything that it can be told.</summary>
[Model]
[Input(6, 11, 5, 2)]
[Conv3D(3, 1), Tanh, MaxPool3D(2, 3, 2, Stride = 1, Dilation = 2, PaddingDepth = 1)]
[AvgPool3D(3, Stride = 2, PaddingSize = 1), Tanh]
[AvgPool3D(2, Stride = 1, Padding = Padding.Same, CountIncludePadding = true), MaxPool3D(2, CeilMode = true)]
[AvgPool3D(1, 2, 1)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class VolumePooling;

/// <summary>Windows over volumes with another padding at each side, and means of places that lie apart.</summary>
[Model]
[Input(5, 6, 5, 2)]
[Conv3D(3, 2, 2, 3, PaddingFront = 1, PaddingBottom = 1, PaddingLeft = 2), Tanh]
[AvgPool3D(2, Stride = 1, Dilation = 2, PaddingBack = 1, PaddingTop = 2, PaddingRight = 1)]
[MaxPool3D(2, Stride = 1, PaddingFront = 1, PaddingWidth = 1)]
[AvgPool3D(2, 2, 1, Stride = 2, PaddingTop = 1, CountIncludePadding = true)]
[Flatten, Dense(2)]
[MeanSquaredError]
public partial class UnevenVolumes;
