namespace ModelDsl.Tests.Privacy;

/// <summary>A small classifier whose samples' gradients can be clipped.</summary>
[Model(PerSampleClipping = true), Input(6), Dense(8), Tanh, Dropout(0.25f), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class PrivateNet;

/// <summary>The same without dropout, and without code that clips.</summary>
[Model, Input(6), Dense(8), Tanh, Dense(3), SoftmaxCrossEntropy]
internal sealed partial class PublicNet;

/// <summary>A linear model whose samples' gradients can be clipped.</summary>
[Model(PerSampleClipping = true), Input(6), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class PrivateLinear;
