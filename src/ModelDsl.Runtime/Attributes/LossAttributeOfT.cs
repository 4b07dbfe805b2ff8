namespace ModelDsl;

/// <summary>
/// A loss of your own for each element, averaged over all elements: a struct that implements <see cref="ILoss"/> gives
/// its value and its derivative. It is compiled into the kernel like a built-in one. Targets are values of the output's
/// shape.
/// </summary>
/// <typeparam name="TLoss">The loss.</typeparam>
public sealed class LossAttribute<TLoss> : LossAttribute
    where TLoss : struct, ILoss;
