namespace ModelDsl;

/// <summary>
/// Applies a function of your own to each element: a struct that implements <see cref="IActivation"/> gives its value
/// and its derivative. It is compiled into the kernels like a built-in one.
/// </summary>
/// <typeparam name="TActivation">The function. The struct's default value is used.</typeparam>
public sealed class ActivationAttribute<TActivation> : LayerAttribute
    where TActivation : struct, IActivation;
