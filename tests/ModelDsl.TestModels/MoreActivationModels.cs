namespace ModelDsl.TestModels;

/// <summary>The exponential linear unit.</summary>
[Model, Input(5), Dense(17), Elu, Dense(3), MeanSquaredError]
public partial class EluDefault;

/// <summary>The exponential linear unit with an alpha of its own.</summary>
[Model, Input(5), Dense(17), Elu(0.3f), Dense(3), MeanSquaredError]
public partial class EluSteep;

/// <summary>The scaled exponential linear unit.</summary>
[Model, Input(5), Dense(17), Selu, Dense(3), MeanSquaredError]
public partial class SeluModel;

/// <summary>Mish.</summary>
[Model, Input(5), Dense(17), Mish, Dense(3), MeanSquaredError]
public partial class MishModel;

/// <summary>The swish made of straight lines.</summary>
[Model, Input(5), Dense(17), HardSwish, Dense(3), MeanSquaredError]
public partial class HardSwishModel;

/// <summary>The sigmoid made of straight lines.</summary>
[Model, Input(5), Dense(17), HardSigmoid, Dense(3), MeanSquaredError]
public partial class HardSigmoidModel;

/// <summary>A function that is cut off on both sides.</summary>
[Model, Input(5), Dense(17), Clip(-0.4, 0.9), Dense(3), MeanSquaredError]
public partial class ClipModel;

/// <summary>A gated linear unit.</summary>
[Model, Input(5), Dense(34), Glu, Dense(3), MeanSquaredError]
public partial class GluModel;

/// <summary>Gated linear units of steps, at the start and between layers.</summary>
[Model, Input(3, 4, Sequence = true), Glu, Dense(6), Glu, Dense(2), MeanSquaredError]
public partial class GluOnSteps;

/// <summary>The smooth rectifier.</summary>
[Model, Input(5), Dense(17), Softplus, Dense(3), MeanSquaredError]
public partial class SoftplusModel;

/// <summary>The logarithm of the softmax between two layers.</summary>
[Model, Input(5), Dense(17), LogSoftmax, Dense(3), MeanSquaredError]
public partial class LogSoftmaxInside;

/// <summary>A function of the user's own, with a derivative of its input.</summary>
[Model, Input(5), Dense(17), Activation<InverseSquareRoot>, Dense(3), MeanSquaredError]
public partial class CustomFromInput;

/// <summary>A function of the user's own, with a derivative of its output.</summary>
[Model, Input(5), Dense(17), Activation<Softsign>, Dense(3), MeanSquaredError]
public partial class CustomFromOutput;

/// <summary>The mean absolute error of several outputs.</summary>
[Model, Input(5), Dense(7), Tanh, Dense(3), MeanAbsoluteError]
public partial class MeanAbsoluteErrorMany;
