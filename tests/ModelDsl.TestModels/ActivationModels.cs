namespace ModelDsl.TestModels;

/// <summary>The rectifier.</summary>
[Model, Input(5), Dense(17), Relu, Dense(3), MeanSquaredError]
public partial class ReluModel;

/// <summary>The leaky rectifier with its default slope.</summary>
[Model, Input(5), Dense(17), LeakyRelu, Dense(3), MeanSquaredError]
public partial class LeakyReluDefault;

/// <summary>The leaky rectifier with a slope of its own.</summary>
[Model, Input(5), Dense(17), LeakyRelu(0.2f), Dense(3), MeanSquaredError]
public partial class LeakyReluSteep;

/// <summary>The leaky rectifier with slope zero, which is the rectifier.</summary>
[Model, Input(5), Dense(17), LeakyRelu(0f), Dense(3), MeanSquaredError]
public partial class LeakyReluZero;

/// <summary>The logistic function.</summary>
[Model, Input(5), Dense(17), Sigmoid, Dense(3), MeanSquaredError]
public partial class SigmoidModel;

/// <summary>The hyperbolic tangent.</summary>
[Model, Input(5), Dense(17), Tanh, Dense(3), MeanSquaredError]
public partial class TanhModel;

/// <summary>The exact Gaussian error linear unit.</summary>
[Model, Input(5), Dense(17), Gelu, Dense(3), MeanSquaredError]
public partial class GeluModel;

/// <summary>The Gaussian error linear unit through tanh.</summary>
[Model, Input(5), Dense(17), Gelu(Approximate = true), Dense(3), MeanSquaredError]
public partial class GeluApproximate;

/// <summary>The sigmoid linear unit.</summary>
[Model, Input(5), Dense(17), Silu, Dense(3), MeanSquaredError]
public partial class SiluModel;

/// <summary>An activation as the last layer before the loss.</summary>
[Model, Input(5), Dense(7), Tanh, MeanSquaredError]
public partial class ActivationLast;

/// <summary>An activation before the first parameters: its gradient is wanted by nobody.</summary>
[Model, Input(7), Silu, Dense(3), MeanSquaredError]
public partial class ActivationFirst;

/// <summary>Four activations in a row, of both kinds: derivative from the input and from the output.</summary>
[Model, Input(5), Dense(16), Gelu, Tanh, Silu, Sigmoid, Dense(3), MeanSquaredError]
public partial class ActivationsInARow;

/// <summary>Activations that read and that overwrite what the one before them saved.</summary>
[Model, Input(5), Dense(15), Relu, Gelu, Relu, Tanh, Tanh, MeanSquaredError]
public partial class ActivationsInARowLast;

/// <summary>One of each between layers of odd widths.</summary>
[Model]
[Input(3), Dense(1), Sigmoid]
[Dense(3), Silu, Dense(7), LeakyRelu, Dense(17), Gelu, Dense(33), Tanh]
[Dense(2), Relu]
[MeanSquaredError]
public partial class EveryActivation;
