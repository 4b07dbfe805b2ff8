using ModelDsl.Kernels;

namespace ModelDsl;

/// <summary>
/// A function of your own for each element: a struct that says its value and its derivative. It is compiled into the
/// kernels like a built-in one.
/// </summary>
/// <typeparam name="TActivation">The function; its default value is what runs.</typeparam>
public sealed class ActivationAttribute<TActivation> : LayerAttribute
    where TActivation : struct, IActivation;
