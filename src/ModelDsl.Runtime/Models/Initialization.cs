namespace ModelDsl;

/// <summary>How a parameter tensor is filled before training.</summary>
/// <param name="Initializer">The distribution.</param>
/// <param name="FanIn">The number of inputs that each output depends on.</param>
/// <param name="FanOut">The number of outputs that each input reaches.</param>
/// <param name="Constant">
/// The value for <see cref="Initializer.Constant"/>, the standard deviation for <see cref="Initializer.Normal"/>.
/// </param>
public readonly record struct Initialization(Initializer Initializer, int FanIn = 1, int FanOut = 1, float Constant = 0f);
